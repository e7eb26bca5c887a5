/** A drawing as plain data, so that a page builds it as its own elements, and a file as text. */
export type SvgNode = {
  tag: string
  attributes: Readonly<Record<string, string | number>>
  children: readonly (SvgNode | string)[]
}

export const svg = (
  tag: string,
  attributes: SvgNode['attributes'],
  ...children: readonly (SvgNode | string)[]
): SvgNode => ({ tag, attributes, children })

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

export const writeSvg = (node: SvgNode | string): string => {
  if (typeof node === 'string') return escapeXml(node)
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => ` ${name}="${escapeXml(String(value))}"`,
  )
  return `<${node.tag}${attributes.join('')}>${node.children.map(writeSvg).join('')}</${node.tag}>`
}
