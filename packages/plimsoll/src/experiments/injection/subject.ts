/** `POST /login: SQL injection` */
export const subjectOf = (operation: string, title: string): string => `${operation}: ${title}`
