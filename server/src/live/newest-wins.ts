/** What the fan-out uses of one client. */
export interface Recipient {
  id: string
  /** Bytes of earlier messages still wait here to leave this machine. */
  isBusy(): boolean
  emit(event: string, ...args: unknown[]): void
}

/** What the fan-out uses of the socket server. */
export interface Rooms {
  members(room: string): Recipient[]
  /** One message, encoded once, to everybody in the room but some. */
  broadcast(room: string, except: readonly string[], event: string, args: readonly unknown[]): void
}

/** A perishable topic: what it sends, and what its whole state is for someone who missed some of it. */
export interface Perishable {
  room: string
  event: string
  /** Everything as it is now; null when there is nothing to show yet. */
  whole(): readonly unknown[] | null
}

/**
 * Sends what is perishable. A client that does not keep up is left out instead of being queued for, never delays the
 * others, and gets the whole newest state as soon as it has drained.
 */
export interface NewestWins {
  /** `args` is what is new; those who missed something get the whole instead. */
  publish(topic: Perishable, args: readonly unknown[]): void
  /** The whole state for a client that has just joined. */
  welcome(topic: Perishable, to: Recipient): void
  /** Looks after those who were left out; called at every tick. */
  catchUp(): void
  forget(id: string, room?: string): void
}

export function createNewestWins(rooms: Rooms): NewestWins {
  /** Room -> client -> topic: who is owed the whole state. */
  const owed = new Map<string, Map<string, Perishable>>()

  function owe(topic: Perishable, id: string): void {
    const ofRoom = owed.get(topic.room) ?? new Map<string, Perishable>()
    owed.set(topic.room, ofRoom.set(id, topic))
  }

  function settle(topic: Perishable, to: Recipient, whole: readonly unknown[] | null): void {
    owed.get(topic.room)?.delete(to.id)
    if (whole !== null) to.emit(topic.event, ...whole)
  }

  return {
    publish(topic, args) {
      const members = rooms.members(topic.room)
      if (members.length === 0) return
      const ofRoom = owed.get(topic.room)
      const except: string[] = []
      let whole: readonly unknown[] | null | undefined
      for (const member of members) {
        if (member.isBusy()) {
          owe(topic, member.id)
          except.push(member.id)
        } else if (ofRoom?.has(member.id) === true) {
          whole ??= topic.whole()
          settle(topic, member, whole)
          except.push(member.id)
        }
      }
      if (except.length < members.length) rooms.broadcast(topic.room, except, topic.event, args)
    },
    welcome(topic, to) {
      if (to.isBusy()) owe(topic, to.id)
      else settle(topic, to, topic.whole())
    },
    catchUp() {
      for (const [room, ofRoom] of owed) {
        if (ofRoom.size === 0) {
          owed.delete(room)
          continue
        }
        const members = new Map(rooms.members(room).map((member) => [member.id, member]))
        for (const [id, topic] of ofRoom) {
          const member = members.get(id)
          if (member === undefined) ofRoom.delete(id)
          else if (!member.isBusy()) settle(topic, member, topic.whole())
        }
      }
    },
    forget(id, room) {
      if (room === undefined) for (const ofRoom of owed.values()) ofRoom.delete(id)
      else owed.get(room)?.delete(id)
    },
  }
}
