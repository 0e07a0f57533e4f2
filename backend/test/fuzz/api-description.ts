/** A JSON schema, as far as OpenAPI documents made by Nest use it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** One route, as the document describes it. */
export interface ApiOperation {
  /** `GET /api/posts/{id}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The schema of its JSON body; undefined when it takes none. */
  readonly body: Schema | undefined;
  /** What each status (or `4XX`, or `default`) is answered with. */
  readonly responses: Readonly<Record<string, { readonly content?: Content } | undefined>>;
}

interface OperationObject {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: ApiOperation['responses'];
}

/** What `/docs-json` holds. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** An OpenAPI document, ready to be asked. */
export class ApiDescription {
  readonly operations: readonly ApiOperation[];

  private readonly document: ApiDocument;

  constructor(document: ApiDocument) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.has(method))
        .map(([method, { parameters = [], requestBody, responses }]) => ({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters,
          body: requestBody?.content['application/json']?.schema,
          responses,
        })),
    );
  }

  /** The schema itself, where it is a reference. */
  resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.document.components?.schemas?.[name] ?? {});
  }

  /**
   * What is wrong with a value by its schema.
   * @returns the path of the first part that does not match, or undefined when all does.
   */
  mismatch(value: unknown, given: Schema, path = '$'): string | undefined {
    const schema = this.resolved(given);
    if (value === null) {
      return schema.nullable || Object.keys(schema).length === 0 ? undefined : `${path} is null`;
    }
    if (schema.anyOf) {
      const fits = schema.anyOf.some((option) => this.mismatch(value, option, path) === undefined);
      return fits ? undefined : `${path} is none of what it may be`;
    }
    if (schema.enum && !schema.enum.includes(value)) {
      return `${path} is not in the list`;
    }
    if (schema.type !== undefined && !hasType(value, schema.type)) {
      return `${path} is no ${schema.type}`;
    }
    return this.mismatchInside(value, schema, path);
  }

  private mismatchInside(value: unknown, schema: Schema, path: string): string | undefined {
    if (Array.isArray(value)) {
      const items = value as readonly unknown[];
      const { items: each = {} } = schema;
      return items
        .map((item, i) => this.mismatch(item, each, `${path}[${String(i)}]`))
        .find(Boolean);
    }
    if (typeof value !== 'object' || value === null || !schema.properties) {
      return undefined;
    }
    const missing = schema.required?.find((name) => !(name in value));
    if (missing !== undefined) {
      return `${path}.${missing} is missing`;
    }
    return Object.entries(value)
      .map(([name, part]) => {
        const known = schema.properties?.[name];
        return known ? this.mismatch(part, known, `${path}.${name}`) : `${path}.${name} is unknown`;
      })
      .find(Boolean);
  }
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
