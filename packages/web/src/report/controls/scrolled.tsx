import type { ComponentChildren } from 'preact'

/** What is wider than the page scrolls by itself, with the keyboard too. */
export const Scrolled = ({ name, children }: { name: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
  <section class="scroll" aria-label={name} tabIndex={0}>
    {children}
  </section>
)
