import { systemClock } from '../clock.ts'
import type { Arrival } from '../links/link.ts'
import { LinksConfig } from '../links/links-config.ts'
import { type Network, openNetwork } from '../links/network.ts'
import type { Frame } from '../wire/frame.ts'

export const OWN = { sys: 255, comp: 190 } as const

/** A network of real sockets as a file would declare it, and everything that it hears. */
export async function networkOf(
  config: object,
  {
    dataFolder = null,
    locked = () => false,
    onPassedOn = () => undefined,
  }: {
    dataFolder?: string | null
    locked?: (sys: number) => boolean
    onPassedOn?: (sys: number, frame: Frame) => void
  } = {},
): Promise<{ network: Network; heard: Arrival[]; portOf: (link: string) => number }> {
  const heard: Arrival[] = []
  const network = await openNetwork({
    config: LinksConfig.parse(config),
    configFolder: dataFolder ?? '.',
    dataFolder,
    own: OWN,
    clock: systemClock,
    random: () => 0,
    hear: (arrival) => heard.push(arrival),
    isLocked: locked,
    onPassedOn,
    log: () => undefined,
  })
  const portOf = (name: string): number =>
    Number(
      network
        .health()
        .find((link) => link.name === name)
        ?.local.split(':')
        .at(-1),
    )
  return { network, heard, portOf }
}
