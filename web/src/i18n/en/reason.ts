/** Why orders, uploads and tasks are as they are: what happened, and in `act` what it means and what to do. */
export const reason = {
  atStep: '{step}: {text}',
  withDetail: '{text} ({detail})',
  original: '{words} (“{text}”)',
  step: {
    'check-plan': 'Read the plan back',
    'guided-mode': 'Guided mode',
    arm: 'Arming',
    'take-off': 'Take-off',
    'fly-plan': 'Flying the plan',
    'arm-and-fly': 'Arming and flying the plan',
    'plan-from-start': 'Plan from its start',
    hold: 'Hold',
    return: 'Return',
    land: 'Land',
    'take-gimbal': 'Taking the gimbal',
    'free-gimbal': 'Freeing the gimbal',
    'look-at': 'Turning to the place',
    'look-down': 'Turning down',
    'look-ahead': 'Turning ahead',
    zoom: 'Zoom',
    photo: 'Photo',
    palette: 'Palette',
    'thermal-range': 'Temperature range',
    'take-control': 'Asking for control',
    'release-control': 'Giving control back',
    'allow-takeover': 'Opening takeover',
    'hand-over': 'Handing over',
  },
  plain: {
    'next-step': 'under way',
    'replaced-by-task': 'task {detail} took its place',
    'ordered-down': 'ordered by {detail}',
    'lease-taken-over': 'taken over by {detail}',
    'lease-released': 'given back',
    'person-found': 'person found',
    'alert-expired': 'the warning expired',
    'alert-cancelled': 'the warning was taken back',
    'closed-at-source': 'over at its source',
    'withdrawn-by-coordinator': 'withdrawn by the coordinator',
    'pilot-wind': 'Too much wind',
    'pilot-battery': 'Battery too low',
    'pilot-aircraft': 'Something is wrong with the aircraft',
    'pilot-airspace': 'Other aircraft in the air',
    'pilot-people': 'People below',
    'pilot-sight': 'Area not in sight',
    'lease-agreed': 'Agreed with the pilot',
    'lease-absent': 'The pilot is not there',
    'lease-safety': 'Safety',
    'lease-start': 'Start of duty',
  },
  code: {
    'drone-unknown-to-bridge': {
      what: 'the bridge does not know this drone',
      act: 'Nothing was sent. Check that aircraft and link have power, and try again when it shows.',
    },
    'lease-token-invalid': {
      what: 'the bridge does not accept this flight authority',
      act: 'Nothing was sent. Take authority again, then try again.',
    },
    'expired-before-bridge': {
      what: 'it had run out when it reached the bridge',
      act: 'Nothing was sent. Give it again.',
    },
    'unsigned-read-only': {
      what: 'its words carry no valid signature, so it may only be looked at',
      act: 'Nothing was sent. Set up signing on the aircraft, or change the policy of that link.',
    },
    'malformed-request': {
      what: 'the bridge cannot read the request',
      act: 'Nothing was sent. Server and bridge may differ in version: tell your administrator.',
    },
    'order-running': {
      what: 'the order before it is still running',
      act: 'Nothing was sent. Wait for its end, or break it off with HOLD, RETURN or LAND.',
    },
    'transfer-running': {
      what: 'a plan is being transferred',
      act: 'Nothing was sent. Try again when the transfer is over.',
    },
    'plan-not-verified': {
      what: 'the plan in the aircraft is not verified',
      act: 'It must not start. Upload again.',
    },
    'autopilot-unknown': {
      what: 'this autopilot is not known',
      act: 'It can be watched from here, not commanded. Use its own ground station.',
    },
    'mode-not-offered': {
      what: 'this aircraft offers no standard mode for that',
      act: 'Nothing was sent. Return or land may be possible; otherwise use its own ground station.',
    },
    'not-armed': {
      what: 'the aircraft is disarmed',
      act: 'There is no flight to resume. Start it from a task.',
    },
    'not-in-air': {
      what: 'the aircraft is not in the air',
      act: 'It cannot change tasks in flight. Arm and start it.',
    },
    'hover-hold-needs-radio': {
      what: 'it hovers, and without a radio control it would sink instead of holding',
      act: 'Nothing was sent. Order return or land, or hold it by radio control.',
    },
    'no-landing-mode': {
      what: 'this vehicle has no landing mode that it offers',
      act: 'Nothing was sent. Order return, or land it by radio control or its own ground station.',
    },
    'not-a-multicopter': {
      what: 'only multicopters are started from here',
      act: 'Start it by its own means; in the air it takes a new path from here.',
    },
    'no-takeoff-height': {
      what: 'no take-off height was given',
      act: 'Nothing was sent. The coordinator enters the highest ground and offers it again.',
    },
    'home-unknown': {
      what: 'the aircraft has not said where its home is',
      act: 'The plan was not uploaded. Wait for its fix and its home, then try again.',
    },
    'no-gimbal': {
      what: 'no gimbal manager answers',
      act: 'Nothing was sent. Check the gimbal and its power, or turn the aircraft.',
    },
    'no-camera': { what: 'no camera answers', act: 'Nothing was sent. Check the camera and its power.' },
    'camera-cannot-zoom': { what: 'this camera says that it cannot zoom', act: 'Nothing was sent. Fly closer.' },
    'camera-cannot-photo': {
      what: 'this camera says that it takes no photos',
      act: 'Nothing was sent. Use the video.',
    },
    'control-not-offered': {
      what: 'this aircraft does not say which station it obeys',
      act: 'Nothing was sent. It obeys every station: agree by radio who flies.',
    },
    'control-not-ours': {
      what: 'another station, or none, is in control',
      act: 'Nothing was sent. Only the station in control can give it away.',
    },
    'control-asked': {
      what: 'the station in control has been asked',
      act: 'It decides. Talk to its pilot by radio.',
    },
    'control-kept': {
      what: 'the station in control kept it',
      act: 'Talk to its pilot by radio, then ask again.',
    },
    'control-not-taken': {
      what: 'no station took control',
      act: 'It stays here, and takeover is closed again. Agree by radio, then try again.',
    },
    'gimbal-unclear': {
      what: 'which gimbal carries the camera is not known',
      act: 'Nothing was sent. Choose the gimbal, then try again.',
    },
    'camera-no-setting': {
      what: 'the camera does not offer this value',
      act: 'Nothing was sent. Choose another one.',
    },
    'gimbal-taken': { what: 'another station took the gimbal', act: 'Talk to whoever uses it, then try again.' },
    'capture-failed': { what: 'the camera failed to store the picture', act: 'Check its card, then try again.' },
    'still-trying': {
      what: 'no answer yet, still trying',
      act: 'It arrives as soon as the link is back. Use eyes and radio control meanwhile.',
    },
    'too-late': { what: 'too late, no longer sent', act: 'The aircraft did nothing because of it. Begin again.' },
    'lease-changed': {
      what: 'flight authority went to somebody else meanwhile',
      act: 'Nothing more of it was sent. Whoever holds the drone now decides.',
    },
    'vehicle-replaced': {
      what: 'another start of the aircraft, or another aircraft, answers under this id',
      act: 'Nothing more of it was sent. Make sure which aircraft this is, take authority again, then order anew.',
    },
    superseded: { what: 'another order took its place', act: 'Follow the newest order.' },
    'link-lost-meanwhile': {
      what: 'the link was lost meanwhile',
      act: 'How far the aircraft came is not known, and the start does not go on by itself. Use your eyes.',
    },
    'ran-out-before': {
      what: 'it ran out before this step',
      act: 'It did not go on. Look at the aircraft before you begin again.',
    },
    'mode-changed': {
      what: 'someone, or the aircraft itself, changed the mode',
      act: 'The start has stopped. Talk to whoever holds the radio control before you begin again.',
    },
    'disarmed-itself': {
      what: 'the aircraft disarmed itself',
      act: 'It did not take off. Check the aircraft, then try again.',
    },
    'no-effect-seen': {
      what: 'acknowledged, but telemetry does not show it',
      act: 'Do not take it as done. Look at the aircraft and give the order again.',
    },
    'no-answer': {
      what: 'no answer; whether it was received is not known',
      act: 'The aircraft may still do it. Use your eyes, then give the order again.',
    },
    'command-temporarily-rejected': {
      what: 'the aircraft says: not now',
      act: 'Wait until it is ready, then try again.',
    },
    'command-denied': {
      what: 'the aircraft denied it',
      act: 'A condition is not met. Do what it asks for, then try again.',
    },
    'command-unsupported': {
      what: 'the aircraft does not know this command',
      act: 'It will answer the same again. Use the radio control or its own ground station.',
    },
    'command-failed': { what: 'the aircraft could not do it', act: 'Do what it asks for, then try again.' },
    'command-cancelled': {
      what: 'the aircraft cancelled it',
      act: 'See whether someone uses the radio control, then try again.',
    },
    'command-long-only': {
      what: 'the aircraft takes COMMAND_LONG only',
      act: 'It took neither form. Tell your administrator which autopilot it is.',
    },
    'command-int-only': {
      what: 'the aircraft takes COMMAND_INT only',
      act: 'It took neither form. Tell your administrator which autopilot it is.',
    },
    'command-unsupported-frame': {
      what: 'the aircraft does not know this frame',
      act: 'It will answer the same again. Tell your administrator which autopilot it is.',
    },
    'command-not-in-control': {
      what: 'another ground station is in control',
      act: 'Ask them to give control back, then try again.',
    },
    'command-result-unknown': {
      what: 'the aircraft answered with the unknown result {detail}',
      act: 'Do not take it as done. Look at the aircraft, then try again.',
    },
    'mission-error': {
      what: 'the aircraft had an error while taking the plan',
      act: 'Upload again. If it comes back, restart the aircraft first.',
    },
    'mission-unsupported-frame': {
      what: 'the aircraft does not know a frame of the plan',
      act: 'It will answer the same again. Tell your administrator which autopilot it is.',
    },
    'mission-unsupported-command': {
      what: 'the aircraft does not know an item of the plan',
      act: 'It will answer the same again. Use another aircraft, or tell your administrator.',
    },
    'mission-no-space': {
      what: 'so many items do not fit into the aircraft',
      act: 'The coordinator cuts smaller tasks, or sends another aircraft.',
    },
    'mission-invalid-item': {
      what: 'the aircraft does not accept an item of the plan',
      act: 'Upload once more; if that fails, the coordinator cuts the tasks again.',
    },
    'mission-invalid-value': {
      what: 'the aircraft does not accept a value of the plan',
      act: 'Check its fence and height limits, or have the task cut again.',
    },
    'mission-invalid-sequence': {
      what: 'the items came out of order',
      act: 'Usually the link loses packets. Upload again.',
    },
    'mission-denied': {
      what: 'the aircraft says another transfer is running',
      act: 'See whether another ground station sends a plan; stop it, then upload again.',
    },
    'mission-cancelled': { what: 'the aircraft cancelled the transfer', act: 'Upload again.' },
    'mission-result-unknown': {
      what: 'the aircraft ended the transfer with the unknown result {detail}',
      act: 'Upload again; if that fails, tell your administrator.',
    },
    'did-not-hold': {
      what: 'it flies its plan and did not stop first',
      act: 'The plan in it was not touched. Make it HOLD, then upload again.',
    },
    'upload-not-begun': {
      what: 'the aircraft did not begin to take the plan',
      act: 'Check the link, then upload again.',
    },
    'upload-broken-off': {
      what: 'the aircraft fell silent during the upload',
      act: 'The plan in it may be incomplete: do not fly it. Upload again when the link is back.',
    },
    'upload-cancelled': { what: 'the upload was cancelled', act: 'Upload again if it is to fly.' },
    'fence-cancelled': {
      what: 'the transfer was cancelled',
      act: 'Send, check or clear it again if it is still wanted.',
    },
    'no-fence-transfer': { what: 'this transfer is over already', act: 'See how it ended on the geofence card.' },
    'upkeep-cancelled': { what: 'it was cancelled', act: 'Read again when it is needed.' },
    'made-room': {
      what: 'reading made room for an upload or a geofence transfer',
      act: 'Read again when that is over.',
    },
    'upkeep-unheard': {
      what: 'the bridge never said how it ended, or was restarted meanwhile',
      act: 'What the aircraft holds now is not known. Read it again when the link is back.',
    },
    'param-no-answer': { what: 'the aircraft did not answer', act: 'Look at the link, then read it again.' },
    'param-absent': {
      what: 'the aircraft says that it has no parameter of that name',
      act: 'Names differ with the software: look them up for the version of this aircraft.',
    },
    'param-refused': {
      what: 'the aircraft refused it (PARAM_ERROR {detail})',
      act: 'The value in the aircraft is as it was.',
    },
    'param-changed-meanwhile': {
      what: 'the aircraft holds another value than the screen showed, now {detail}',
      act: 'Nothing was set. Look at the new value, then decide again.',
    },
    'param-value-unfit': {
      what: 'that is no value of the type of this parameter',
      act: 'Nothing was set. An integer parameter takes integers within its range alone.',
    },
    'params-incomplete': { what: 'some never came: {detail} did', act: 'Look at the link, then read them again.' },
    'param-encoding-unknown': {
      what: 'this aircraft has not said how it packs integer parameters',
      act: 'They would be read as other numbers: neither read nor set from here. Use its own ground station.',
    },
    'mission-cleared': { what: 'the mission in the aircraft was cleared', act: 'Upload it again if it is to fly.' },
    'no-upload-running': { what: 'this upload is over already', act: 'See how it ended: verified, or failed.' },
    'read-back-differs': {
      what: 'the plan that was read back is not the one that was sent',
      act: 'It must not start. Upload again; if it comes back, use another aircraft.',
    },
    'not-read-back': {
      what: 'the plan could not be read back',
      act: 'It must not start. Upload again when the link is back.',
    },
    'plan-touched': {
      what: 'another ground station wrote to the plan meanwhile',
      act: 'What the aircraft holds now is not known, it must not start. Agree with that station, then upload again.',
    },
    'fence-touched': {
      what: 'another ground station wrote fence or rally points meanwhile',
      act: 'What the aircraft holds now is not known. Agree with that station, then send or check again.',
    },
    'vehicle-silent': { what: 'the aircraft does not answer', act: 'Check link and power.' },
    'bridge-fault': {
      what: 'a fault in the bridge',
      act: 'How far it got is unknown: do not fly a plan that was being sent. Upload or order again, and tell your administrator.',
    },
    'verified-without-id': {
      what: 'the bridge called the plan verified and did not say which',
      act: 'It must not start. Upload again and tell your administrator.',
    },
    'no-bridge': {
      what: 'no bridge is connected to this drone',
      act: 'Nothing was sent. Look at the bridges on the health page and try again when it is back.',
    },
    'bridge-silent': {
      what: 'the bridge did not answer',
      act: 'Whether it was sent is not known. Look at the aircraft and the health page, then try again.',
    },
    'bridge-restarted': {
      what: 'the bridge restarted during the upload',
      act: 'The plan in the aircraft is unknown: do not fly it. Upload again.',
    },
    'upload-end-unheard': {
      what: 'the bridge never said how the upload ended',
      act: 'The plan in the aircraft is unknown: do not fly it. Upload again.',
    },
    'not-delivered': {
      what: 'it did not reach the bridge in time',
      act: 'The aircraft did not get it. Give the order again when the bridge is back.',
    },
    'nothing-heard': {
      what: 'nothing was heard after it was sent',
      act: 'Whether the aircraft does it is not known. Use your eyes.',
    },
    'plan-not-confirmed': {
      what: 'the plan in the aircraft could not be confirmed',
      act: 'Reading goes on. It may still be flying the task: use your eyes.',
    },
    'other-plan-aboard': {
      what: 'another plan is in the aircraft',
      act: 'It is not the path of this task. On the ground upload again; in the air order it home first.',
    },
    'order-refused': { what: 'the start was refused', act: 'The plan is still aboard: start it again.' },
    'order-not-effective': { what: 'the start had no effect', act: 'Look at the aircraft, then start it again.' },
    'order-expired': { what: 'the start ran out', act: 'The aircraft did not start. Start it again.' },
    'order-unknown': {
      what: 'whether it started is not known',
      act: 'Look with your own eyes where the aircraft is.',
    },
    'highest-ground-changed': {
      what: 'the highest ground was changed, so the agreed height no longer holds',
      act: 'The coordinator cuts and offers the task again.',
    },
  },
} as const
