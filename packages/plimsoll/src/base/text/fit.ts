/** Bytes that a text takes as UTF-8. */
export const byteLength = (text: string) => new TextEncoder().encode(text).length

/** Texts from the first on that fit into so many bytes with a line end each, and how many did not. */
export const fitRows = (
  rows: readonly string[],
  mostBytes: number,
): { rows: readonly string[]; left: number } => {
  let bytes = 0
  const first = rows.findIndex((row) => {
    bytes += byteLength(row) + 1
    return bytes > mostBytes
  })
  const kept = first === -1 ? rows.length : first
  return { rows: rows.slice(0, kept), left: rows.length - kept }
}

/** A text of at most so many characters; an ellipsis stands for what is missing. */
export const cutTo = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`
