// Short names that stand in addresses and commands.
const SLUG = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/

export function isSlug(text: string) {
  return SLUG.test(text)
}

/** `Till Fix-Up 2` → `till-fix-up-2`; letters lose their marks. */
export function toSlug(text: string) {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-|-$/g, '')
}
