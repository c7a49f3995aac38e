// Text that people wrote, as Markdown: raw HTML is never rendered, links open nothing but web and mail addresses. Loaded late.
import { lazy, Suspense } from 'react'

const Rendered = lazy(() => import('./rendered-markdown.tsx'))

export function Markdown({ children }: { children: string }) {
  return (
    <div className="prose">
      <Suspense fallback={<p className="pre">{children}</p>}>
        <Rendered text={children} />
      </Suspense>
    </div>
  )
}
