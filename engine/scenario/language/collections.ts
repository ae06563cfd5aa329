import type { ByteString } from '../../model/byte-string.ts';
import type { Kind } from './kind.ts';
import { refuse } from './scalars.ts';

/** A list; one value alone is a list of one. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  return {
    schema: { anyOf: [kind.schema, { type: 'array', items: kind.schema }] },
    read: (reader, node, what) => {
      const nodes = node.kind === 'sequence' ? node.items : [node];
      const values = nodes.map((item) => kind.read(reader, item, node === item ? what : `an item of ${what}`));
      return values.some((value) => value === undefined) ? undefined : (values as T[]);
    },
  };
}

/** A mapping from texts to values of one kind, in the order written. */
export function mapOf<T>(kind: Kind<T>): Kind<ReadonlyMap<ByteString, T>> {
  return {
    schema: { type: 'object', additionalProperties: kind.schema },
    read: (reader, node, what) => {
      const map = new Map<ByteString, T>();
      if (node.kind !== 'mapping') return refuse(reader, node, `${what} must be a mapping`);
      let whole = true;
      for (const { key, value } of node.pairs) {
        const name = reader.text(key, `a key of ${what}`);
        const read = kind.read(reader, value, name === undefined ? what : `'${name}'`);
        if (name === undefined || read === undefined) whole = false;
        else if (map.has(name)) whole = reader.fail('YAML_DUPLICATE_KEY', key, `${what} has '${name}' twice`) ?? false;
        else map.set(name, read);
      }
      return whole ? map : undefined;
    },
  };
}

/** Environment variables as `NAME: value`, or as a list of `NAME=value`. Read as `NAME=value` each. */
export const environment: Kind<readonly ByteString[]> = {
  schema: {
    anyOf: [
      { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
      { type: 'array', items: { type: 'string', pattern: '^[^=]+=' } },
    ],
  },
  read: (reader, node, what) => {
    if (node.kind === 'mapping') {
      const pairs = node.pairs.map(({ key, value }) => {
        const variable = reader.text(key, `a name of ${what}`);
        const content = value.kind === 'null' ? '' : reader.text(value, `a value of ${what}`);
        return variable === undefined || content === undefined ? undefined : `${variable}=${content}`;
      });
      return pairs.some((pair) => pair === undefined) ? undefined : (pairs as ByteString[]);
    }
    const entries = reader.texts(node, what);
    if (entries === undefined || entries.every((entry) => entry.indexOf('=') > 0)) return entries;
    return refuse(reader, node, `each item of ${what} must be NAME=value`);
  },
};
