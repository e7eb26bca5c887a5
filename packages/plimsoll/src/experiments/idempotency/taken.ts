import type { Keyed } from './seen.ts'

/** Where the key is only suspected, a repeat with it has to differ from a request with a key of its own. */
export const isTaken = ({ key, replay, fresh, onWire }: Keyed): boolean =>
  key.sure || onWire || (replay?.effects.length === 0 && (fresh?.effects.length ?? 0) > 0)
