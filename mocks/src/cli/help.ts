/** What `--help` prints. */
export const HELP = `Simulators of the demo city. They speak the real protocols on real sockets.

usage: npm run mocks -- SIMULATOR [options]

simulators:
  city        everything below, in one seeded world with one hidden person
  drone       MAVLink drones alone (ArduCopter or PX4, with gimbal and thermal camera), over UDP
  units       patrol units: cars, foot, motorbikes, boats, ground search teams
  ferries     ferry terminals and their gates: counts per minute and lane, queues, sailings
  load        a city at its full size, at a steady pace; npm run mocks -- load --help
  lossy       a bad radio between drones and the bridge; npm run mocks -- lossy --help
  archive     hours of the gates as JSON lines on stdout, each a body for the intake; no server is needed
  incidents   the incidents of the past days, new ones, and the call about a missing person

options:
  --server URL         server whose intake is fed           (default http://127.0.0.1:8080)
  --mavlink HOST:PORT  where the drones report to           (default 127.0.0.1:14550; also --to)
  --seed N             same seed, same world                (default 1)
  --speed N            how fast the world runs, 0.1 to 60; heartbeats, retries and
                       failsafe time-outs keep wall time    (default 1)
  --drones N           number of drones                     (default 2; drone: 1; also --count)
  --autopilot NAME     ardupilot, px4, or both in turns         (default ardupilot)
  --sysid N            MAVLink system id of the first drone (default 1)
  --at LNG,LAT         drone only: place of the first drone (default: the pads of the demo city)
  --fault NAME         drone only: what it does wrong in the mission exchange; 'list' names them
  --operator-control   drones obey one ground station at a time, as a draft of MAVLink has it
  --second-payload     drones carry a second gimbal, its own manager, with a daylight camera
  --boot-s N           seconds in which a drone refuses to arm (default 6)
  --call-after S       seconds until the call comes in      (default 20)
  --timetable FILE     lines and timetable, in the shape of basemap/assets/crossings-zhoushan.json (default: that file)
  --surge GATE         a crowd comes to this gate 90 s after the start, for 20 minutes
  --ais HOST:PORT      ferries send their AIS there, over UDP (default: they send none)
  --days N             archive only: how many days (default 70)
  --until YYYY-MM-DD   archive only: the day after the last one (default today)
  --past N             incidents of the past three days, told at the start (default 240)
  --print-truth        write what is hidden to stderr; for tests of the search, not for playing
  --help               this text

The intake needs a feed token in the environment: SKERRY_FEED_TOKEN.
Exit codes: 0 stopped on request, 1 cannot run, 2 bad options.
`
