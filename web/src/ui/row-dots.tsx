// The dots of a row: quieter than those of a page.
import { IconDots } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { IconButton } from './button.tsx'

export function RowDots(props: ComponentProps<typeof IconButton>) {
  return <IconButton look="ghost" size="small" icon={<IconDots className="i" aria-hidden />} {...props} />
}
