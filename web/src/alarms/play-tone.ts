import type { Priority } from '@skerry/contract'

/** Frequencies in Hz, one after the other, 140 ms each. Low for what can wait. */
const NOTES: Record<Priority, readonly number[]> = { critical: [880, 660, 880], warning: [660, 660], notice: [520] }
const NOTE_S = 0.14

let context: AudioContext | null = null

/** One short tone. False when the browser holds back sound until someone touches the page. */
export async function playTone(priority: Priority): Promise<boolean> {
  if (!navigator.userActivation.hasBeenActive) return false
  try {
    context ??= new AudioContext()
    // resume() stays pending, not refused, where a gesture is still missing
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 200))])
    if (context.state !== 'running') return false
    const from = context.currentTime
    NOTES[priority].forEach((hz, i) => note(context!, hz, from + i * NOTE_S * 1.3))
    return true
  } catch {
    return false // no audio device: the screen still shows the alarm
  }
}

function note(audio: AudioContext, hz: number, atS: number): void {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.frequency.value = hz
  gain.gain.setValueAtTime(0, atS)
  gain.gain.linearRampToValueAtTime(0.25, atS + 0.01)
  gain.gain.linearRampToValueAtTime(0, atS + NOTE_S)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(atS)
  oscillator.stop(atS + NOTE_S)
}
