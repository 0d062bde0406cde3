import { expect, it } from 'vitest'
import { createMeshContacts, type TakVersion } from './mesh-contacts.ts'

const S = 1000
/** A network; each word is said by a device at a second. */
function network() {
  const contacts = createMeshContacts()
  return {
    says(uid: string, version: TakVersion, atS: number, reads?: [number, number], lastsS = 60) {
      const control = reads === undefined ? null : { min: reads[0], max: reads[1], uid }
      contacts.heard({ uid, version, control, lastsMs: lastsS * S, nowMs: atS * S })
    },
    at: (atS: number) => contacts.version(atS * S),
  }
}

it('writes the TAK protocol where nobody is known, and XML as soon as one device writes nothing else', () => {
  const net = network()
  expect(net.at(0)).toBe(1)
  net.says('old', 0, 1)
  expect(net.at(1)).toBe(0)
  net.says('new', 1, 2)
  expect(net.at(2)).toBe(0)
})

it('goes by what a device says it reads, also while it writes XML for the sake of others', () => {
  const net = network()
  net.says('a', 0, 0)
  net.says('a', 1, 1, [1, 1])
  net.says('a', 0, 2)
  expect(net.at(2)).toBe(1)
  net.says('later', 1, 3, [2, 3])
  expect(net.at(3), 'no version that both read').toBe(0)
})

it('takes a device that has said nothing of it for two minutes to read what it last wrote', () => {
  const net = network()
  net.says('a', 1, 0, [1, 1])
  net.says('a', 0, 60, undefined, 300)
  expect(net.at(119)).toBe(1)
  expect(net.at(121)).toBe(0)
  net.says('a', 1, 130, undefined, 300)
  expect(net.at(131)).toBe(1)
})

it('forgets a device that is gone', () => {
  const net = network()
  net.says('old', 0, 0, undefined, 200)
  expect(net.at(199)).toBe(0)
  expect(net.at(201)).toBe(1)
  net.says('old', 0, 300, undefined, 1e9)
  expect(net.at(300 + 599)).toBe(0)
  expect(net.at(300 + 601), 'however long it says that its word holds').toBe(1)
})

it('remembers a bounded number of devices, the latest', () => {
  const net = network()
  net.says('old', 0, 0)
  for (let i = 0; i < 2000; i++) net.says(`d${i}`, 1, 1)
  expect(net.at(2)).toBe(1)
  net.says('old', 0, 2)
  for (let i = 0; i < 1999; i++) net.says(`e${i}`, 1, 3)
  expect(net.at(3)).toBe(0)
})
