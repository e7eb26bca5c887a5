/** Files over 300 lines that are better whole, and why. */
export const LONG_FILES: Readonly<Record<string, string>> = {}
