/** What the tests use of the module that workerd provides: the worker under test, in the same isolate. */
declare module 'cloudflare:workers' {
  export const exports: { readonly default: { fetch(request: Request): Promise<Response> } };
}
