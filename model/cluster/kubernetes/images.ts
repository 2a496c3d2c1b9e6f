/** Default image of Jobs that connect to the database, with psql and pg_dump. */
export const defaultClientImage =
  'postgres:18.1@sha256:1090bc3a8ccfb0b55f78a494d76f8d603434f7e4553543d6e807bc7bd6bbd17f';

/** Default image of the Job that uploads dumps, with rclone. */
export const defaultUploadImage =
  'rclone/rclone:1.71.2@sha256:3103526c506266a9ecdf064efe99bf3677d92ef6407af124d8c56b4f49cbaa51';
