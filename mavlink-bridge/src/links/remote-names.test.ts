import { expect, it } from 'vitest'
import { createRemoteNames } from './remote-names.ts'

it('names each host and port, whichever they have in common', () => {
  const nameOf = createRemoteNames()
  for (let round = 0; round < 2; round++) {
    expect(nameOf('10.0.0.7', 14_550)).toBe('10.0.0.7:14550')
    expect(nameOf('10.0.0.8', 14_550)).toBe('10.0.0.8:14550')
    expect(nameOf('10.0.0.7', 14_551)).toBe('10.0.0.7:14551')
    expect(nameOf('fe80::1%eth0', 14_550)).toBe('[fe80::1%eth0]:14550')
  }
})

it('goes on naming rightly through a flood of forged senders', () => {
  const nameOf = createRemoteNames()
  for (let port = 1; port < 5000; port++) expect(nameOf('10.0.0.7', port)).toBe(`10.0.0.7:${port}`)
  for (let host = 1; host < 250; host++) expect(nameOf(`10.0.1.${host}`, 14_550)).toBe(`10.0.1.${host}:14550`)
  expect(nameOf('10.0.0.7', 1)).toBe('10.0.0.7:1')
})
