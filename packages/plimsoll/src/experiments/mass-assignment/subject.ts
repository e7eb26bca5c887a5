/** What a verdict is about: stable between runs, and how a replay is told what to repeat. */
export const subjectOf = (operation: string): string => `${operation}: fields it did not ask for`
