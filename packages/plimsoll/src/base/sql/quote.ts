/** A name as an identifier of standard SQL: `shop.order` gives `"shop"."order"`, a quotation mark is doubled. */
export const quoteName = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')
