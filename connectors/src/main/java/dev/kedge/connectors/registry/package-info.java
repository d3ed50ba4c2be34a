/** Which schema a record has: numbers in front of records, and the registry that knows them. */
package dev.kedge.connectors.registry;
