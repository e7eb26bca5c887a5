import { expect, test } from 'vitest'
import { isLive } from './is-live.ts'

const OURS = '<svg onload=x()>'
const live = (html: string) => isLive(html, html.indexOf(OURS))

test.each([
  ['in text', `<p>Hello ${OURS}</p>`],
  ['after an attribute that ended', `<input value="a">${OURS}`],
  ['after an attribute that it ended itself', `<input value="">${OURS}">`],
  ['after a text area that it ended itself', `<textarea></textarea>${OURS}`],
  ['after a lone angle', `<p>1 < 2 ${OURS}`],
  ['after a comment', `<!-- a > b -->${OURS}`],
])('an element is one: %s', (_, html) => {
  expect(live(html)).toBe(true)
})

test.each([
  ['in an attribute', `<input value="${OURS}">`],
  ['in an attribute in single quotes', `<input value='a ${OURS}'>`],
  ['in a text area', `<textarea>${OURS}</textarea>`],
  ['in a title', `<title>${OURS}</title>`],
  ['in a script', `<script>var a = "${OURS}"</script>`],
  ['in a comment', `<!-- ${OURS} -->`],
])('text is none: %s', (_, html) => {
  expect(live(html)).toBe(false)
})
