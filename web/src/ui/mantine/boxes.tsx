// Boxes over the page, as Mantine draws them. All of this is loaded when the first one opens.
import { Drawer, type DrawerProps, Menu, Modal, type ModalProps, Popover } from '@mantine/core'
import { type ReactNode, type Ref, useDeferredValue, useImperativeHandle } from 'react'
import { Link } from 'react-router'
import type { Attached } from '../boxes.tsx'
import type { MenuItem } from '../menu.tsx'
import { WithMantine } from './with-mantine.tsx'

export function MantineModal(props: ModalProps) {
  return (
    <WithMantine>
      <Modal {...props} opened={useOpenedHere(props.opened)} />
    </WithMantine>
  )
}

export function MantineDrawer(props: DrawerProps) {
  return (
    <WithMantine>
      <Drawer {...props} opened={useOpenedHere(props.opened)} onClose={() => !isUnderDialog() && props.onClose()} />
    </WithMantine>
  )
}

/** Esc closes one layer, and both hear it. */
function isUnderDialog() {
  return document.querySelector('.mantine-Modal-content') !== null
}

export function MantineMenu({ id, button, isOpen, onClose, items }: Attached & { items: MenuItem[] }) {
  return (
    <WithMantine>
      <Menu
        id={id}
        opened={useOpenedHere(isOpen)}
        onChange={(opened) => !opened && onClose()}
        position="bottom-end"
        shadow="md"
        width={240}
        // In a menu there are its items and nothing else; the first one has the focus.
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <There element={button} />
        </Menu.Target>
        <Menu.Dropdown>
          {items.map(({ words, icon, to, onClick, isDangerous, isChosen }) => {
            const look = { leftSection: icon, className: isDangerous ? 'dan' : undefined, 'aria-current': isChosen || undefined }
            // The item goes with its menu: what opens then must give the focus back to the button.
            const act = () => {
              button.focus({ preventScroll: true })
              onClick?.()
            }
            return to === undefined ? (
              <Menu.Item key={words} onClick={act} {...look}>
                {words}
              </Menu.Item>
            ) : (
              <Menu.Item key={words} component={Link} to={to} {...look}>
                {words}
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
    </WithMantine>
  )
}

export function MantinePopover({ id, button, isOpen, onClose, children }: Attached & { children: ReactNode }) {
  return (
    <WithMantine>
      <Popover
        id={id}
        opened={useOpenedHere(isOpen)}
        onChange={(opened) => !opened && onClose()}
        position="bottom-start"
        width={300}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <There element={button} />
        </Popover.Target>
        <Popover.Dropdown>{children}</Popover.Dropdown>
      </Popover>
    </WithMantine>
  )
}

/** The button is drawn elsewhere, long before Mantine is here; it stays the same element, so it keeps the focus. */
function There({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element])
  return null
}

/** What opens after it was drawn closed gives the focus back when it closes; what is drawn open does not. */
function useOpenedHere(isOpen: boolean) {
  return useDeferredValue(isOpen, false)
}
