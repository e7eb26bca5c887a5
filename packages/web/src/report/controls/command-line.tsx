import { CopyButton } from './copy-button.tsx'

/** A line for a shell, with a button that copies exactly it. */
export const CommandLine = ({ command, what }: { command: string; what: string }) => (
  <div class="command">
    <code>{command}</code>
    <CopyButton text={command} what={what} />
  </div>
)
