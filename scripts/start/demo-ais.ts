import { createSocket } from 'node:dgram'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A receiver of AIS for the ships of the demo city: a port that is free, and the file that declares it to the server. */
export async function demoAis(dataDir: string): Promise<{ feedsFile: string; to: string }> {
  const to = `127.0.0.1:${await freeUdpPort()}`
  const feedsFile = path.join(dataDir, 'demo-feeds.json')
  const feed = { name: 'demo-ais', protocol: 'ais', kind: 'udp-listen', at: to, from: ['127.0.0.1'], quietS: 240 }
  await writeFile(feedsFile, JSON.stringify({ feeds: [feed] }, null, 2))
  return { feedsFile, to }
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocket('udp4')
    probe.once('error', reject)
    probe.bind(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
