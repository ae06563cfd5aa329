import '../shell/scheme-of-document.ts';
import { byId, element, prose } from './element.ts';
import type { Content, OpenApiDocument, Operation } from './openapi-document.ts';
import { schemaView, type Schemas } from './schema-view.ts';

const answer = await fetch('/v1/openapi.json');
const openApi = (await answer.json()) as OpenApiDocument;
show(openApi);
if (location.hash !== '') document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

interface Listed {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function show({ info, tags, paths, components }: OpenApiDocument): void {
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ id: `${method}-${path}`, method, path, operation })),
  );
  const [lead = '', ...more] = info.description.split('\n\n');
  byId('lead').textContent = lead;
  const article = byId('article');
  article.append(...more.filter((text) => !text.startsWith('- ')).map((text) => element('p', {}, ...prose(text))));
  const contents = byId('contents');
  for (const { name, description } of tags) {
    const own = listed.filter(({ operation }) => operation.tags?.includes(name));
    if (own.length === 0) continue;
    contents.append(element('h2', { text: name }), element('ul', {}, ...own.map(contentsRow)));
    article.append(element('h2', { class: 'tag', text: name }), element('p', { class: 'about', text: description }));
    article.append(...own.map((one) => operationView(one, components.schemas)));
  }
  article.append(element('h2', { class: 'tag', text: 'schemas' }));
  for (const [name, schema] of Object.entries(components.schemas)) {
    const title = element('h3', { text: name });
    article.append(
      element('section', { attributes: { id: `schema-${name}` } }, title, schemaView(schema, components.schemas)),
    );
  }
  article.append(element('h2', { class: 'tag', text: 'refusals' }), refusals(more));
  contents.append(
    element('h2', { text: 'more' }),
    element('ul', {}, ...['schemas', 'refusals'].map((name) => element('li', {}, anchor(name)))),
  );
}

function anchor(name: string): HTMLAnchorElement {
  for (const title of document.querySelectorAll('h2.tag')) if (title.textContent === name) title.id = name;
  return element('a', { text: name, attributes: { href: `#${name}` } });
}

function contentsRow({ id, method, path }: Listed): HTMLLIElement {
  const link = element(
    'a',
    { attributes: { href: `#${id}` } },
    element('span', { class: `method ${method}`, text: method.toUpperCase() }),
    path,
  );
  return element('li', {}, link);
}

function operationView({ id, method, path, operation }: Listed, schemas: Schemas): HTMLElement {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const title = element(
    'h3',
    {},
    element('span', { class: `method ${method}`, text: method.toUpperCase() }),
    element('code', { text: path }),
  );
  const section = element('section', { attributes: { id } }, title, element('p', { class: 'summary', text: summary }));
  if (description !== undefined) section.append(element('p', {}, ...prose(description)));
  if (parameters.length > 0) {
    const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
    const required = parameters.filter((one) => one.required === true).map(({ name }) => name);
    section.append(element('h4', { text: 'Parameters' }), schemaView({ properties, required }, schemas));
  }
  if (requestBody !== undefined) {
    const example = requestBody.content['application/json']?.example;
    section.append(element('h4', { text: 'Body' }), ...contentView(requestBody.content, schemas));
    if (example !== undefined) section.append(curl(path, example));
  }
  for (const [status, { description: words, content }] of Object.entries(responses)) {
    section.append(element('h4', {}, element('code', { text: status }), ` ${words}`));
    if (content !== undefined) section.append(...contentView(content, schemas));
  }
  return section;
}

/** A command to paste. A quote within single quotes is written as the shell wants it. */
function curl(path: string, example: unknown): HTMLElement {
  const json = JSON.stringify(example).replaceAll("'", String.raw`'\''`);
  return element('pre', { class: 'example', text: `curl -sS ${location.origin}${path} --json '${json}'` });
}

function contentView(content: Content, schemas: Schemas): HTMLElement[] {
  return Object.entries(content).map(([type, { schema }], index) =>
    element(
      'details',
      { class: 'content', attributes: index === 0 ? { open: '' } : {} },
      element('summary', {}, element('code', { text: type })),
      schemaView(schema, schemas),
    ),
  );
}

/** The table of codes stands in the description as lines of `- CODE (status): meaning.` */
function refusals(paragraphs: readonly string[]): HTMLElement {
  const lines = paragraphs.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('- '));
  const rows = lines.map((line) => {
    const [, code = '', status = '', words = ''] = /^- `(\w+)` \((\d+)\): (.*)$/.exec(line) ?? [];
    return element(
      'div',
      { attributes: { id: code } },
      element('dt', {}, element('code', { text: code }), element('span', { text: status })),
      element('dd', {}, element('p', { text: words })),
    );
  });
  return element('dl', { class: 'members' }, ...rows);
}
