// Text that people wrote, as Markdown: raw HTML is never rendered, links open nothing but web and mail addresses. Loaded late.
import { lazy, Suspense } from 'react'

/** Where the rest does not come, since the connection is away, the words stand as they were written. */
const Rendered = lazy(() => import('./rendered-markdown.tsx').catch(() => ({ default: Plain })))

export function Markdown({ children }: { children: string }) {
  return (
    <div className="prose">
      <Suspense fallback={<Plain text={children} />}>
        <Rendered text={children} />
      </Suspense>
    </div>
  )
}

function Plain({ text }: { text: string }) {
  return <p className="pre">{text}</p>
}
