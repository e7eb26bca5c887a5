/** What begins like a statement and goes on like one. */
const STATEMENT =
  /^\s*(?:--[^\n]*\n\s*)*(?:\(?\s*select\b[\s\S]+?\bfrom\b|insert\s+(?:or\s+\w+\s+|ignore\s+)?into\b|replace\s+into\b|update\s+\S*[\s\S]*?\bset\b|delete\s+from\b|with\s+(?:recursive\s+)?\S+[\s\S]*?\bas\b|merge\s+into\b|call\s+\w+|exec(?:ute)?\s+\w+|alter\s+(?:table|user|role|database)\b|drop\s+(?:table|database|schema|user|role)\b|create\s+(?:table|database|schema|user|role)\b|truncate\b)/i

export const isStatement = (text: string): boolean => STATEMENT.test(text)

/** The text before a value ends inside of a quoted literal of SQL. */
export const endsInQuotes = (before: string): boolean => (before.match(/'/g) ?? []).length % 2 === 1
