// The palette: go, do, ask. Loaded when it is opened first.
export default function Palette(_props: { face: 'console' | 'portal'; onClose: () => void }) {
  return null
}
