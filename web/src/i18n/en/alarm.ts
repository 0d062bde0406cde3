/** Alarms: what happened, what it means, what to do. */
export const alarm = {
  title: 'Alarms',
  none: 'No alarms',
  acknowledge: 'Acknowledge',
  acknowledged: 'acknowledged by {name} {age} ago',
  cleared: 'cleared',
  raised: '{age} ago',
  sound: {
    title: 'Sound',
    test: 'Test the sound',
    mute: 'Mute for 10 minutes',
    unmute: 'Unmute',
    mutedUntil: 'Muted until {time}',
    blocked: 'The browser holds back sound until you test it once',
  },
  kind: {
    'drone-link-lost': {
      name: 'Drone link lost',
      means: 'No telemetry comes and no order gets through. It will follow its own lost-link failsafe.',
      act: 'Call the pilot; see its last place on the map; send it no new task.',
    },
    'bridge-lost': {
      name: 'MAVLink bridge lost',
      means: 'None of its drones can be seen or commanded.',
      act: 'Have the pilots take over by remote control; check the bridge computer.',
    },
    'feed-lost': {
      name: 'Feed lost',
      means: 'The positions or counts it brings are no longer renewed.',
      act: 'Confirm unit positions by radio; call the duty desk of the feed.',
    },
    'offer-unanswered': {
      name: 'Task offer unanswered',
      means: 'The pilot neither accepted nor refused in time.',
      act: 'Call the pilot, or offer it to another drone.',
    },
    'upload-failed': {
      name: 'Mission upload failed',
      means: 'The plan in the aircraft may be incomplete: it must not take off.',
      act: 'Have the pilot upload again; withdraw the task if that fails too.',
    },
    'duplicate-system-id': {
      name: 'Two drones share a system id',
      means: 'Orders to both are locked.',
      act: 'Change the id of one of them and restart it.',
    },
    'person-located': {
      name: 'Ground team has the person',
      means: 'A ground team reports that it has located the missing person.',
      act: 'Confirm description and condition, then bring the drones home.',
    },
    'candidate-raised': {
      name: 'New candidate',
      means: 'A warm spot stood out over several looks.',
      act: 'Judge it: look again, send a team, or dismiss it.',
    },
    'planner-failed': {
      name: 'Planning failed',
      means: 'Tasks cannot be cut and re-planning gives no advice. What flies goes on as it is.',
      act: 'Cut the tasks again; if that fails too, lay patterns by hand and call the administrator.',
    },
  },
} as const
