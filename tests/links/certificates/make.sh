#!/bin/sh
# Remakes the certificates beside it, for tests only: an authority, and what servers show wrongly.
# Needs openssl. The keys are public by design: nothing but tests on 127.0.11.* trusts them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/new"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

cat >"$work/ca.conf" <<CONF
[ca]
default_ca = tests
[tests]
new_certs_dir = $work/new
database = $work/index
serial = $work/serial
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
CONF
: >"$work/index"
echo 01 >"$work/serial"

key "$work/ca.key"
openssl req -x509 -new -key "$work/ca.key" -subj "/CN=Tests of coursekit" -days 36500 \
    -addext "keyUsage=critical,keyCertSign" -out ca.pem 2>/dev/null

sign() { # certificate request and certificate, first day, last day
    openssl ca -batch -config "$work/ca.conf" -cert "${4:-ca.pem}" -keyfile "$work/${5:-ca}.key" -in "$work/$1.csr" \
        -startdate "$2" -enddate "$3" -notext -out "$work/$1.crt" 2>/dev/null
}

# name, subject alternative name, first day, last day
leaf() {
    key "$work/$1.key"
    openssl req -new -key "$work/$1.key" -subj "/CN=$1" -addext "subjectAltName=$2" -out "$work/$1.csr"
    sign "$1" "$3" "$4"
    cat "$work/$1.crt" "$work/$1.key" >"$1.pem"
}

leaf good IP:127.0.11.1 20260101000000Z 21251231235959Z
leaf expired IP:127.0.11.2 20200101000000Z 20210101000000Z
leaf other-name DNS:autre.example 20260101000000Z 21251231235959Z
key "$work/self.key"
openssl req -x509 -new -key "$work/self.key" -subj "/CN=self" -addext "subjectAltName=IP:127.0.11.4" \
    -days 36500 -out "$work/self.crt" 2>/dev/null
cat "$work/self.crt" "$work/self.key" >self-signed.pem

# The addresses of tests/links/wild/secure.py.
several=$(for number in $(seq 5 24); do printf 'IP:127.0.11.%s,' "$number"; done)
several=${several%,}
leaf several "$several" 20260101000000Z 21251231235959Z
leaf to-come "$several" 21240101000000Z 21251231235959Z
leaf address-as-name "$(echo "$several" | sed 's/IP:/DNS:/g')" 20260101000000Z 21251231235959Z

key "$work/common-name.key"
openssl req -new -key "$work/common-name.key" -subj "/CN=127.0.11.10" -out "$work/common-name.csr"
sign common-name 20260101000000Z 21251231235959Z
cat "$work/common-name.crt" "$work/common-name.key" >common-name.pem

# An authority between, which one server shows and another leaves out.
key "$work/between.key"
openssl req -new -key "$work/between.key" -subj "/CN=Between" -out "$work/between.csr" \
    -addext "basicConstraints=critical,CA:true" -addext "keyUsage=critical,keyCertSign"
sign between 20260101000000Z 21251231235959Z
key "$work/below.key"
openssl req -new -key "$work/below.key" -subj "/CN=below" -out "$work/below.csr" \
    -addext "subjectAltName=$several" -addext "authorityInfoAccess=caIssuers;URI:http://between.invalid/between.crt"
sign below 20260101000000Z 21251231235959Z "$work/between.crt" between
cat "$work/below.crt" "$work/between.crt" "$work/below.key" >chain.pem
cat "$work/below.crt" "$work/below.key" >without-chain.pem
