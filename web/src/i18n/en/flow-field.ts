/** Wind and current of a drift from a forecast file. */
export const flowField = {
  open: 'Wind or current from a forecast file (CoverageJSON)',
  hint: 'A grid of longitude, latitude and time in WGS 84, with wind or current by its CF standard name. What lies around the entry is kept with the search.',
  option: 'from a forecast file',
  wind: 'wind of {forecast}',
  current: 'current of {forecast}',
  text: '{source}, {nodes} nodes, {from} to {to}',
  always: '{source}, {nodes} nodes, one time alone, {at}, that holds throughout',
  kept: 'at least {km} km to each side of the entry',
  remove: 'Remove',
  reading: 'Reading ...',
  noCurrent: 'Open a file that holds a current.',
  everywhere: 'One wind and current everywhere.',
  beyond:
    'What leaves the forecast counts as off the map. Where its grid says land, the width of one node goes by the water beside it.',
  gap: {
    elsewhere: 'It does not hold the place of entry.',
    'other-times': 'It does not hold the time of the entry.',
    'unknown-there':
      'It tells nothing at the place of entry (land in its grid, nor at the nodes beside it): state wind and current yourself.',
    'too-fine': 'It is too fine to be kept with the search: cut it to the area.',
  },
  fault: {
    'too-large': 'The file is larger than {detail}; nothing was taken.',
    'not-json': 'The file is no JSON; nothing was taken.',
    'not-a-grid': 'The file is no CoverageJSON grid ({detail}); nothing was taken.',
    several:
      'It holds several of {detail}, and which one counts nobody can tell: save a file with one alone; nothing was taken.',
    axes: 'Its axis {detail} cannot be read (degrees in order; times with their zone); nothing was taken.',
    'no-flow': 'It holds neither wind nor current by a CF standard name ({detail}); nothing was taken.',
    unit: 'The unit of {detail} is not known: it could be knots; nothing was taken.',
    values: 'The numbers of {detail} do not fit its axes; nothing was taken.',
    speeds:
      '{detail} holds speeds that no wind or stream has, perhaps marks for missing values or another unit; nothing was taken.',
    reference: 'Its coordinates ({detail}) are not WGS 84; nothing was taken.',
  },
}
