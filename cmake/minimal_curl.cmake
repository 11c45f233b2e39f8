# The libcurl of the fully static release: scripts/minimal-curl builds it once and says where it is.
set(PALISADE_CURL_ROOT "" CACHE PATH "Prefix of a static libcurl; empty lets scripts/minimal-curl make one")
set(palisade_curl_root "${PALISADE_CURL_ROOT}")
if(NOT palisade_curl_root)
  message(STATUS "Looking for the release's own libcurl, which is built the first time")
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/minimal-curl
                  OUTPUT_VARIABLE palisade_curl_root OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
# A libcurl found before would be kept, though its package has been updated since.
unset(CURL_DIR CACHE)
find_package(CURL CONFIG REQUIRED PATHS "${palisade_curl_root}" NO_DEFAULT_PATH)
