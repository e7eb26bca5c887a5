import { type Block, parseMarkdown, parseSpans } from './parse-markdown.ts'

const Spans = ({ text }: { text: string }) => (
  <>
    {parseSpans(text).map((span) => {
      if (span.kind === 'code') return <code>{span.text}</code>
      if (span.kind === 'strong') return <strong>{span.text}</strong>
      return span.kind === 'em' ? <em>{span.text}</em> : span.text
    })}
  </>
)

const BlockView = ({ block }: { block: Block }) => {
  if (block.kind === 'code') return <pre>{block.text}</pre>
  if (block.kind === 'heading') {
    return (
      <h3>
        <Spans text={block.text} />
      </h3>
    )
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Spans text={block.text} />
      </p>
    )
  }
  const List = block.ordered ? 'ol' : 'ul'
  return (
    <List>
      {block.items.map((item) => (
        <li key={item}>
          <Spans text={item} />
        </li>
      ))}
    </List>
  )
}

/** The title is left to whoever shows it. */
export const Markdown = ({ text }: { text: string }) => (
  <div class="prose">
    {parseMarkdown(text)
      .filter((block) => block.kind !== 'heading' || block.level > 1)
      .map((block) => (
        <BlockView block={block} />
      ))}
  </div>
)

export const markdownTitle = (text: string): string | undefined => /^#\s+(.+)$/m.exec(text)?.[1]
