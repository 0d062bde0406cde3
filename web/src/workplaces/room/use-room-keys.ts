import { useKeys } from '../../shell/keys.ts'

interface Panel {
  show: (view: 'talk' | 'checklist' | 'people' | 'support') => Promise<void>
  acknowledge: () => void
  answerRoll: () => void
}

/** The keys of a page that is nothing but a room: the same as at the desk. */
export function useRoomKeys(panel: () => Panel | null): void {
  useKeys({
    t: () => void panel()?.show('talk'),
    e: () => void panel()?.show('checklist'),
    p: () => void panel()?.show('people'),
    s: () => void panel()?.show('support'),
    q: () => panel()?.acknowledge(),
    h: () => panel()?.answerRoll(),
  })
}
