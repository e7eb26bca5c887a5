// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g
/** Of eight bits, and what turns the direction of a text: neither has a sign of its own. */
const UNSEEN = /[\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const signOf = (control: string) => {
  const code = control.charCodeAt(0)
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code)
}

/**
 * A text as it may be put on a terminal: what would move the cursor, colour or hide something stands there as a sign.
 * Line ends and tabs stay.
 */
export const showControls = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(UNSEEN, '�').replace(CONTROL, signOf)
