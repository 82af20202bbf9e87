/** Each thread's own working space; the host gives it once, after the thread has made its instance. */
export let scratch: usize = 0;

export function useScratch(address: usize): void {
  scratch = address;
}

/** The end of the module's own constants; the host may use the memory from here. */
export function heapBase(): usize {
  return __heap_base;
}
