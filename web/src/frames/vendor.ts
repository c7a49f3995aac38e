// Whose Fairway this is.
export { useVendor } from '#api'
