// Buttons and links that look like them: verbs with their object; one primary on a page.
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link, type To } from 'react-router'

interface Look {
  /** `primary`: the one action of the page. `danger`: near, outlined. `confirm`: destroys; in its dialog only. */
  look?: 'plain' | 'primary' | 'ghost' | 'danger' | 'confirm'
  size?: 'small' | 'normal' | 'large'
  icon?: ReactNode
}

const LOOK = { plain: '', primary: ' pri', ghost: ' gho', danger: ' dan', confirm: ' danger' }
const SIZE = { small: ' sm', normal: '', large: ' lg' }

function classOf({ look = 'plain', size = 'normal' }: Look, more = '') {
  return `btn${LOOK[look]}${SIZE[size]}${more && ` ${more}`}`
}

type ButtonProps = Look & {
  /** Under way: the words say so (`Halting…`), and a second press does nothing. */
  isBusy?: boolean | undefined
} & ButtonHTMLAttributes<HTMLButtonElement>

export function Button({ look, size, icon, isBusy, className, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classOf({ ...(look && { look }), ...(size && { size }) }, className)}
      aria-busy={isBusy}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}

/** Only an icon; its words are its name and its hint. */
export function IconButton({ label, className = '', ...rest }: ButtonProps & { label: string }) {
  return <Button aria-label={label} title={label} className={`ico ${className}`} {...rest} />
}

export function ButtonLink({
  look,
  size,
  icon,
  className,
  to,
  children,
  ...rest
}: Look & { to: To; className?: string; children?: ReactNode; 'aria-label'?: string; title?: string }) {
  return (
    <Link className={classOf({ ...(look && { look }), ...(size && { size }) }, className)} to={to} {...rest}>
      {icon}
      {children}
    </Link>
  )
}
