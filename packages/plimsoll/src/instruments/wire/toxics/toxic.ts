/**
 * What one fault means for one connection, as plain facts that the link obeys; made anew for each connection.
 *
 * **Contract:** holds no timer and no socket, so that forgetting a toxic is enough to end its fault.
 */
export type Toxic = {
  /** bytes towards the app that could leave at `atMs` may leave then; asked in order, once for each piece */
  leaveMs?(atMs: number, bytes: number): number
  /** the largest piece in which bytes may leave */
  pieceBytes?: number
  /** what arrives from either side is thrown away, closes too */
  swallows?: boolean
  /** the store's close reaches the app that much later */
  closeDelayMs?: number
  /** done to a connection that is open when the fault begins; `notice` is a close that says why first */
  strike?: 'reset' | 'close' | 'notice'
  /** done to a connection that opens under the fault */
  greet?: 'reset'
  /** nothing listens while it lasts, when it is meant for every connection */
  refuses?: boolean
}
