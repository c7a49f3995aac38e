// Boxes over the page: a dialog in the middle, a sheet at the side, what opens at a button. Their code comes when the first one opens.
import type { DrawerProps, ModalProps } from '@mantine/core'
import {
  cloneElement,
  type ComponentProps,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useState,
} from 'react'

const load = () => import('./mantine/boxes.tsx')
const MantineModal = lazy(async () => ({ default: (await load()).MantineModal }))
const MantineDrawer = lazy(async () => ({ default: (await load()).MantineDrawer }))
const MantinePopover = lazy(async () => ({ default: (await load()).MantinePopover }))
export const MantineMenu = lazy(async () => ({ default: (await load()).MantineMenu }))

/** Once the first screen is there and nothing else is to do: then the first box opens at once. */
export function warmBoxes() {
  // What does not come now comes when it is needed.
  void load().catch(() => undefined)
}

export function Modal(props: ModalProps) {
  useWayBack(props.opened)
  return (
    useEver(props.opened) && (
      <Suspense>
        <MantineModal {...props} />
      </Suspense>
    )
  )
}

export function Drawer(props: DrawerProps) {
  return (
    useEver(props.opened) && (
      <Suspense>
        <MantineDrawer {...props} />
      </Suspense>
    )
  )
}

export interface Attached {
  id: string
  button: HTMLElement
  isOpen: boolean
  onClose: () => void
}

interface AttachedBoxProps {
  /** Must take a ref and props, as buttons do. */
  trigger: ReactElement<ComponentProps<'button'>>
  popup: 'menu' | 'dialog'
  box: (attached: Attached) => ReactNode
}

/** The button is drawn at once; what opens at it is drawn from when it is first pressed. */
export function AttachedBox({ trigger, popup, box }: AttachedBoxProps) {
  const id = useId()
  const [button, setButton] = useState<HTMLElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  const isNeeded = useEver(isOpen)
  return (
    <>
      {cloneElement(trigger, {
        id,
        ref: setButton,
        'aria-haspopup': popup,
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? `${id}-dropdown` : undefined,
        onClick: () => setOpen(!isOpen),
      })}
      {isNeeded && button && <Suspense>{box({ id, button, isOpen, onClose: () => setOpen(false) })}</Suspense>}
    </>
  )
}

export function PopUp({ trigger, children }: { trigger: AttachedBoxProps['trigger']; children: ReactNode }) {
  return (
    <AttachedBox trigger={trigger} popup="dialog" box={(attached) => <MantinePopover {...attached}>{children}</MantinePopover>} />
  )
}

/** A box that is not closed but taken away (it is drawn only while it is open) leaves the focus nowhere: it goes back. */
function useWayBack(isOpen: boolean) {
  useEffect(() => {
    if (!isOpen) return
    const opener = document.activeElement
    return () =>
      void setTimeout(() => document.activeElement === document.body && opener instanceof HTMLElement && opener.focus())
  }, [isOpen])
}

/** A box that closes is still drawn, so that it can leave. */
function useEver(isOpen: boolean) {
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  return wasOpen || isOpen
}
