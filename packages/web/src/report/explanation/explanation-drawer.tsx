import { Dialog } from '../controls/dialog.tsx'
import { Markdown, markdownTitle } from './markdown.tsx'

export const ExplanationDrawer = ({ text, onClose }: { text: string; onClose: () => void }) => (
  <Dialog kind="drawer" title={markdownTitle(text) ?? 'Explanation'} onClose={onClose}>
    <Markdown text={text} />
  </Dialog>
)
