/** As Node says that nobody we know vouches for a server's certificate, or not under this name, or no longer. */
const CERTIFICATE = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;

/** @param code of an error of a connection with TLS */
export const isOfCertificate = (code: string): boolean => CERTIFICATE.test(code);
