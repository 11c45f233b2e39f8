# Applied to code of ours, never to generated code or to dependencies.
add_library(palisade_options INTERFACE)
target_compile_options(palisade_options INTERFACE -Wall -Wextra -ffunction-sections -fdata-sections)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # The sanitizers' builds use another, older compiler, whose other warnings are no reason to stop.
  target_compile_options(palisade_options INTERFACE -Wconversion -Wshadow -Werror)
endif()
target_include_directories(palisade_options INTERFACE ${CMAKE_SOURCE_DIR})

if(PALISADE_SANITIZE)
  set(flags -fsanitize=${PALISADE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(PALISADE_FUZZ)
    list(APPEND flags -fsanitize=fuzzer-no-link)
  endif()
  add_compile_options(${flags})
  add_link_options(${flags})
endif()

if(PALISADE_TIDY)
  find_program(PALISADE_CLANG_TIDY NAMES clang-tidy-19 clang-tidy REQUIRED)
endif()
