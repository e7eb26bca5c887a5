import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

/** Hidden from view but not from the browser's own search, which opens it; printing shows it always. */
export const Foldable = ({
  id,
  open,
  onFound,
  children,
}: {
  id: string
  open: boolean
  onFound: () => void
  children: ComponentChildren
}) => {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = ref.current
    element?.addEventListener('beforematch', onFound)
    return () => element?.removeEventListener('beforematch', onFound)
  }, [onFound])
  useLayoutEffect(() => {
    if (open) ref.current?.removeAttribute('hidden')
    else ref.current?.setAttribute('hidden', 'until-found')
  }, [open])
  return (
    <div id={id} ref={ref}>
      <div class="foldable">{children}</div>
    </div>
  )
}
