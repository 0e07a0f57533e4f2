/**
 * SQL: whether a person may read a collection. The one condition behind every read of a
 * collection, a document, a passage, and of every search: part of the query, never a filter
 * afterwards, so what may not be read is not even counted.
 * @param collection alias of a row of `collections`.
 * @param user a named parameter that holds the person's id, like `:userId`; it stands in it twice.
 */
export const mayReadCollection = (collection: string, user: string): string =>
  `(${collection}.deleted_at IS NULL AND (${collection}.user_id = ${user}
    OR ${collection}.visibility = 'everyone'
    OR (${collection}.visibility = 'shared' AND EXISTS (
      SELECT 1 FROM collection_shares share
      WHERE share.collection_id = ${collection}.id AND share.user_id = ${user}))))`;
