/** `POST /login: SQL injection` */
export const subjectOf = (operation: string, title: string): string => `${operation}: ${title}`

/** What ended the process, whatever it was. */
export const crashSubjectOf = (operation: string): string => subjectOf(operation, 'odd input')
