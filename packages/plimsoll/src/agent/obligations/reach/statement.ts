const STATEMENT =
  /^[\s`'"(fr]*(?:select\b[\s\S]*\b(?:from\b|\()|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|merge\s+into\b|with\s+\w+\s+as\b|create\s+(?:table|index|unique)|alter\s+table|truncate\b|begin\b|commit\b|lock\s+table)/i
const MAPPED =
  /\.(?:find(?:Many|Unique|First|One|All|ById|OrFail|AndCount)\w*|create(?:Many|QueryBuilder)?|upsert|update(?:Many|One)?|delete(?:Many|One)?|insert\w*|destroy|save|bulk\w+|aggregate|groupBy|where\w*|leftJoin\w*|innerJoin\w*|join|orderBy|limit|transaction|\$transaction|\$queryRaw\w*|\$executeRaw\w*|query|execute\w*|raw|forUpdate|filter_by|filter|scalars?|session)\s*(?:<[^>]*>)?[(`]|\b(?:query|execute|sql)\s*[(`]/

/** Whether a text, quotes included, begins as a statement of SQL does. */
export const isStatement = (text: string): boolean => STATEMENT.test(text)

/** Whether a line asks a store by a library: an ORM, a query builder, a driver. */
export const asksStore = (line: string): boolean => MAPPED.test(line)
