const MOMENT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/

/** Milliseconds since 1970 of a moment as databases print it, UTC where it names no zone; null when it is none. */
export const parseMoment = (text: string): number | null => {
  if (!MOMENT.test(text)) return null
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  const at = Date.parse(/[Z+]|-\d\d:\d\d$/.test(iso.slice(11)) ? iso : `${iso}Z`)
  return Number.isNaN(at) ? null : at
}
