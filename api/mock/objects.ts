import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { mockIndex } from './mockIds';

/** Object of a type that has no model. Its fields are made up when they are asked for. */
export class MockObject {
  constructor(
    /** Name of the type. */
    readonly type: string,
    /** Its `id`; for a type without ids, the place at which it is. */
    readonly id: string,
  ) {}
}

/** Stored reference to an object, made up or a row. */
export class Link {
  constructor(
    readonly type: string,
    readonly id: string,
  ) {}
}

/** Values of fields by name. */
export type Values = Readonly<Record<string, unknown>>;

/** The values that mutations have changed: everything else is made up again each time. */
export type Objects = {
  /** Returns the value of a field; undefined where none was set. */
  get(type: string, id: string, field: string): unknown;
  set(type: string, id: string, values: Values): void;
  /** Sets the values of those fields that have none. */
  setMissing(type: string, id: string, values: Values): void;
  create(type: string, values: Values): MockObject;
  /** Lists the created objects of a type, the newest first. */
  created(type: string): MockObject[];
  /** Takes an object out of all lists. Ids are those of one object, whatever its type. */
  remove(id: string): void;
  isRemoved(id: string): boolean;
  /** Tells whether an id of a type without a model was made up by this server, and not removed. */
  exists(type: string, id: string): boolean;
};

type State = {
  /** By type and id. */
  values: Record<string, Record<string, unknown>>;
  /** Ids by type, the newest first. */
  created: Record<string, string[]>;
  removed: string[];
};

/**
 * Opens the changes of a run of the mock server.
 * @param file keeps them over a restart of the process
 */
export function openObjects(file: string): Objects {
  const state: State = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8'), revive) as State)
    : { values: {}, created: {}, removed: [] };
  const save = () => {
    writeFileSync(file, JSON.stringify(state, replace));
  };
  const keyOf = (type: string, id: string) => `${type} ${id}`;
  const isRemoved = (id: string) => state.removed.includes(id);

  return {
    get: (type, id, field) => state.values[keyOf(type, id)]?.[field],
    set(type, id, values) {
      const key = keyOf(type, id);
      state.values[key] = { ...state.values[key], ...values };
      save();
    },
    // Not saved: a list that is read again sets them again.
    setMissing(type, id, values) {
      const key = keyOf(type, id);
      state.values[key] = { ...values, ...state.values[key] };
    },
    create(type, values) {
      const id = uuidv7();
      state.created[type] = [id, ...(state.created[type] ?? [])];
      this.set(type, id, values);
      return new MockObject(type, id);
    },
    created: (type) =>
      (state.created[type] ?? [])
        .filter((id) => !isRemoved(id))
        .map((id) => new MockObject(type, id)),
    remove(id) {
      state.removed.push(id);
      save();
    },
    isRemoved,
    exists: (type, id) =>
      !isRemoved(id) &&
      (mockIndex(type, id) !== null ||
        Boolean(state.created[type]?.includes(id))),
  };
}

/** Key of a stored link. No field of GraphQL can have this name. */
const LINK = '@link';

const replace = (_: string, value: unknown) =>
  value instanceof Link ? { [LINK]: [value.type, value.id] } : value;

function revive(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && LINK in value
    ? new Link(...(value[LINK] as [string, string]))
    : value;
}
