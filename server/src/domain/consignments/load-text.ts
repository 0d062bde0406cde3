import type { LoadLine } from '@skerry/contract'

/** One line of a load sheet as every language writes it: `UN1203 · 汽油 · 3 · PG II · 12000 L · 槽罐`. */
export const loadText = ({
  unNumber,
  substance,
  hazardClass,
  packingGroup,
  quantity,
  unit,
  packing,
}: LoadLine): string =>
  [
    `UN${unNumber}`,
    substance,
    hazardClass,
    ...(packingGroup === null ? [] : [`PG ${packingGroup}`]),
    `${quantity} ${unit}`,
    packing,
  ].join(' · ')
