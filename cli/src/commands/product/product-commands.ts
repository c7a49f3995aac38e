// fairway product: products and their keys.
import type { Command } from 'commander'
import { addCreateProduct } from './create-product.ts'
import { addListProducts } from './list-products.ts'
import { addShowProduct } from './show-product.ts'

export function addProductCommands(program: Command) {
  const product = program.command('product').description('products and their keys')
  for (const add of [addListProducts, addCreateProduct, addShowProduct]) add(product)
}
