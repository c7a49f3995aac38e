// The words of what opens over every screen: they come with it.
import type { WordFile } from '#words'

/** It leads to all screens of its face, and names them. */
export const PALETTE_WORDS: readonly WordFile[] = ['palette', 'portal', 'settings']
export const KEYS_WORDS: readonly WordFile[] = ['palette']
