import type { Category } from '../../../plimsoll/src/model/priority.ts'

export const categoryTitle = (category: Category): string =>
  category === 'api' ? 'API' : `${category.charAt(0).toUpperCase()}${category.slice(1)}`
