import { describe, expect, it } from 'vitest'
import { createNewestWins, type Perishable, type Recipient } from './newest-wins.ts'

function room(...ids: string[]) {
  const busy = new Set<string>()
  const heard: Record<string, unknown[]> = Object.fromEntries(ids.map((id) => [id, []]))
  const recipient = (id: string): Recipient => ({
    id,
    isBusy: () => busy.has(id),
    emit: (_, value) => void heard[id]!.push(value),
  })
  const members = ids.map(recipient)
  let encoded = 0
  const fanOut = createNewestWins({
    members: () => members,
    broadcast: (_, except, __, [value]) => {
      encoded++
      for (const { id } of members) if (!except.includes(id)) heard[id]!.push(value)
    },
  })
  let newest = 'nothing'
  const topic: Perishable = { room: 'r', event: 'e', whole: () => [`all of ${newest}`] }
  const publish = (what: string): void => {
    newest = what
    fanOut.publish(topic, [what])
  }
  return { fanOut, topic, publish, busy, heard, members, broadcasts: () => encoded }
}

describe('what is perishable', () => {
  it('goes to everybody who keeps up in one message', () => {
    const { publish, heard, broadcasts } = room('a', 'b', 'c')
    publish('1')
    publish('2')
    expect(heard).toEqual({ a: ['1', '2'], b: ['1', '2'], c: ['1', '2'] })
    expect(broadcasts()).toBe(2)
  })
  it('passes a slow one by, delays nobody, and gives it the newest whole state when it has drained', () => {
    const { fanOut, publish, busy, heard } = room('fast', 'slow')
    publish('1')
    busy.add('slow')
    for (const what of ['2', '3', '4']) publish(what)
    fanOut.catchUp()
    expect(heard['slow']).toEqual(['1'])
    busy.clear()
    fanOut.catchUp()
    publish('5')
    expect(heard).toEqual({ fast: ['1', '2', '3', '4', '5'], slow: ['1', 'all of 4', '5'] })
  })
  it('never lets a drained one take a part for the whole', () => {
    const { publish, busy, heard } = room('slow')
    busy.add('slow')
    publish('1')
    busy.clear()
    publish('2')
    publish('3')
    expect(heard['slow']).toEqual(['all of 2', '3'])
  })
  it('begins with the whole for one that joins, also when its line is full at that moment', () => {
    const { fanOut, topic, busy, heard, members } = room('a', 'b')
    busy.add('b')
    for (const member of members) fanOut.welcome(topic, member)
    expect(heard).toEqual({ a: ['all of nothing'], b: [] })
    busy.clear()
    fanOut.catchUp()
    fanOut.catchUp()
    expect(heard['b']).toEqual(['all of nothing'])
  })
  it('owes nothing to one that has gone', () => {
    const { fanOut, publish, busy, heard } = room('slow')
    busy.add('slow')
    publish('1')
    fanOut.forget('slow')
    busy.clear()
    fanOut.catchUp()
    expect(heard['slow']).toEqual([])
  })
})
