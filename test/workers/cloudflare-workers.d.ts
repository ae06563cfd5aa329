/** What the tests use of the module that workerd provides: the worker under test, in the same isolate, and what it is bound to. */
declare module 'cloudflare:workers' {
  export const env: { readonly CONFORMANCE?: { fetch(url: string): Promise<Response> }; readonly RECEIVER: string };
  export const exports: { readonly default: { fetch(request: Request): Promise<Response> } };
}
